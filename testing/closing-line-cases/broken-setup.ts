export const setup = (): never => {
  throw new Error('nothing to test against')
}
