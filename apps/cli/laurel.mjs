#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { runWithNode26 } from '../../tools/node26.mjs'

runWithNode26([fileURLToPath(new URL('./main.ts', import.meta.url)), ...process.argv.slice(2)])
