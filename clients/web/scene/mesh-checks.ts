import type { MeshData } from './mesh-builder.ts'

/** What is wrong with a mesh: places that are not finite, normals not of unit length, indices out of range. */
export function flawsOf(mesh: MeshData): string[] {
  const flaws: string[] = []
  const vertices = mesh.position.length / 3
  if (!mesh.position.every(Number.isFinite)) flaws.push('a place that is not finite')
  for (const index of mesh.index) if (index >= vertices) flaws.push(`index ${index} of ${vertices} vertices`)
  if (mesh.triangles !== mesh.index.length / 3)
    flaws.push(`${mesh.triangles} triangles, ${mesh.index.length / 3} indexed`)
  let wrong = 0
  for (let vertex = 0; vertex < vertices; vertex += 1) {
    const length =
      Math.hypot(mesh.normal[vertex * 4] ?? 0, mesh.normal[vertex * 4 + 1] ?? 0, mesh.normal[vertex * 4 + 2] ?? 0) / 127
    if (length < 0.75 || length > 1.3) wrong += 1
  }
  if (wrong > 0) flaws.push(`${wrong} normals that are not of unit length`)
  return flaws
}

/** Share of the triangles whose front is not where their vertices' normals point. */
export function turnedAway(mesh: MeshData): number {
  let away = 0
  let counted = 0
  const at = (i: number) =>
    [0, 1, 2].map(axis => mesh.position[(mesh.index[i] ?? 0) * 3 + axis] ?? 0) as [number, number, number]
  for (let i = 0; i < mesh.index.length; i += 3) {
    const [a, b, c] = [at(i), at(i + 1), at(i + 2)]
    const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const
    const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const
    if (Math.hypot(...n) < 1e-7) continue
    let dot = 0
    for (let corner = 0; corner < 3; corner += 1) {
      const vertex = (mesh.index[i + corner] ?? 0) * 4
      for (let axis = 0; axis < 3; axis += 1) dot += (n[axis] ?? 0) * (mesh.normal[vertex + axis] ?? 0)
    }
    counted += 1
    if (dot < 0) away += 1
  }
  return counted === 0 ? 0 : away / counted
}

export const bytesOf = (mesh: MeshData): string =>
  [mesh.position, mesh.normal, mesh.colour, mesh.trait, mesh.pivot, mesh.index]
    .map(list => Buffer.from(list.buffer, list.byteOffset, list.byteLength).toString('base64'))
    .join('|')
