import { moduleSuite } from '@worldloom/testing/module-suite'
import { community } from './index.ts'
import { samples } from './samples.ts'

moduleSuite(community, samples)
