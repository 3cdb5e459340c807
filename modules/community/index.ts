export { community } from './module.ts'
