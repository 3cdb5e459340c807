import { moduleSuite } from '@worldloom/testing/module-suite'
import { presence } from './index.ts'
import { samples } from './samples.ts'

moduleSuite(presence, samples)
