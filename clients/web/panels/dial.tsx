import type { Phase } from '@worldloom/capabilities/clock'

const SKIES: Readonly<Record<Phase, readonly [above: string, below: string]>> = {
  night: ['#1e2a4a', '#3a4a78'],
  dawn: ['#c99bb4', '#f6d3b0'],
  day: ['#8fc4de', '#cfe6ee'],
  dusk: ['#6c5a8c', '#f0a868'],
}

const RADIUS = 19

/** The day as a small sky: the sun goes round it once, noon at the top, the moon opposite; the ground hides what has set. */
export function Dial({ share, phase }: { readonly share: number; readonly phase: Phase }) {
  const angle = (share - 0.25) * 2 * Math.PI
  const sun = { x: 26 - Math.cos(angle) * RADIUS, y: 30 - Math.sin(angle) * RADIUS }
  const moon = { x: 52 - sun.x, y: 60 - sun.y }
  const [above, below] = SKIES[phase]
  return (
    <svg className="dial" viewBox="0 0 52 52" aria-hidden="true">
      <defs>
        <clipPath id="dial-edge">
          <circle cx="26" cy="26" r="26" />
        </clipPath>
        <linearGradient id="dial-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor={above} />
          <stop offset="0.75" stopColor={below} />
        </linearGradient>
      </defs>
      <g clipPath="url(#dial-edge)">
        <rect width="52" height="52" fill="url(#dial-sky)" />
        <circle cx={sun.x} cy={sun.y} r="6.5" fill="#f2b84b" stroke="#fbf8f1" strokeWidth="1.5" />
        <circle cx={moon.x} cy={moon.y} r="5" fill="#f1ecdc" />
        <circle cx={moon.x + 2.2} cy={moon.y - 1.2} r="4" fill={above} />
        <path d="M0 37c9-5 17-5 26-2s17 3 26-1v18H0Z" fill={phase === 'night' ? '#2c4a4d' : '#7fa66b'} />
        <path d="M0 44c11-4 20-3 29 0s16 2 23 0v8H0Z" fill={phase === 'night' ? '#22393f' : '#3e6b57'} />
      </g>
    </svg>
  )
}
