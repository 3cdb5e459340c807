/** Red, green, blue, 0–255. */
type Rgb = readonly [number, number, number]

/** Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance"). */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Reads `#rrggbb` or `#rrggbbaa`; see-through colours as they look over black and over white. */
export function coloursOf(hex: string): readonly Rgb[] {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16)
  const [red, green, blue] = [channel(1), channel(3), channel(5)]
  if (hex.length === 7) return [[red, green, blue]]
  const alpha = channel(7) / 255
  const over = (below: number): Rgb => [
    red * alpha + below * (1 - alpha),
    green * alpha + below * (1 - alpha),
    blue * alpha + below * (1 - alpha),
  ]
  return [over(0), over(255)]
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map(value => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
