import { moduleSuite } from '@worldloom/testing/module-suite'
import { ledger } from './index.ts'
import { samples } from './samples.ts'

moduleSuite(ledger, samples)
