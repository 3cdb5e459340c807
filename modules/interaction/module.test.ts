import { moduleSuite } from '@worldloom/testing/module-suite'
import { interaction } from './index.ts'
import { samples } from './samples.ts'

moduleSuite(interaction, samples)
