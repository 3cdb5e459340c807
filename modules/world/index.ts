export { world } from './module.ts'
