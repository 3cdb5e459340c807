export { presence } from './module.ts'
