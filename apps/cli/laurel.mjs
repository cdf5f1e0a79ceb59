#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { heapOptions, runWithNode26 } from '../../tools/node26.mjs'

runWithNode26([...heapOptions, fileURLToPath(new URL('./main.ts', import.meta.url)), ...process.argv.slice(2)])
