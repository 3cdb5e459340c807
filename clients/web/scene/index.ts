/** The picture of a world: `createScene(canvas)` and what goes in and out of it. */
export * from './api.ts'
export { createScene } from './scene.ts'
