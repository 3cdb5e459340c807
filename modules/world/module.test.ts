import { moduleSuite } from '@worldloom/testing/module-suite'
import { world } from './index.ts'
import { samples } from './samples.ts'

moduleSuite(world, samples)
