import { answerParts } from '../jobs/reading-worker.ts'
import { openLooking } from './look-part.ts'

/** This file, for whoever starts a worker. */
export const lookWorker = new URL(import.meta.url)

answerParts(openLooking)
