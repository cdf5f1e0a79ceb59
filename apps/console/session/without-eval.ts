import { config } from 'zod'

// Before any schema is made: each would try whether it may write code, and the policy of the page would refuse and report it.
config({ jitless: true })
