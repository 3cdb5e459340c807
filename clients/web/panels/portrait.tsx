import type { Look } from '@worldloom/contract'

/** A person in two colours with a face of two dots, as in the world. */
export function Portrait({ look, name }: { readonly look: Look; readonly name: string }) {
  return (
    <svg viewBox="0 0 88 112" role="img" aria-label={`How ${name} looks`}>
      <ellipse cx="44" cy="104" rx="28" ry="6" fill="#2b2a33" opacity="0.14" />
      <path d="M17 92c0-29 10-42 27-42s27 13 27 42c0 7-12 11-27 11S17 99 17 92Z" fill={look.body} />
      <path d="M44 50c17 0 27 13 27 42 0 7-12 11-27 11 10-9 13-32 0-53Z" fill="#2b2a33" opacity="0.1" />
      <path d="M24 61c5-8 11-11 20-11s15 3 20 11c-5 6-12 9-20 9s-15-3-20-9Z" fill={look.accent} />
      <path d="M56 66c4 5 5 12 4 20l-8-2c1-7 1-12-1-16Z" fill={look.accent} />
      <circle cx="44" cy="32" r="24" fill="#f3d9bd" />
      <path d="M20 31C20 16 31 7 44 7s24 9 24 24c-6-9-14-12-24-12s-18 3-24 12Z" fill={look.accent} />
      <circle cx="36" cy="35" r="2.8" fill="#2b2a33" />
      <circle cx="52" cy="35" r="2.8" fill="#2b2a33" />
    </svg>
  )
}

/** Both colours, small, for lists. */
export function Pair({ look }: { readonly look: Look }) {
  return (
    <span className="pair" aria-hidden="true">
      <i className="swatch" style={{ background: look.body }} />
      <i className="swatch" style={{ background: look.accent }} />
    </span>
  )
}
