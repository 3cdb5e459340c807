/** Manifests in; bindings, or a full explanation, out. Pure. */
export { type Binding, type Plan, resolve, type Unmet } from './resolve.ts'
