export { ledger } from './module.ts'
