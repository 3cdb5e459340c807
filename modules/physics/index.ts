export { physics } from './module.ts'
