import { moduleSuite } from '@worldloom/testing/module-suite'
import { physics } from './index.ts'
import { samples } from './samples.ts'

moduleSuite(physics, samples)
