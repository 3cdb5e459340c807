export { interaction } from './module.ts'
