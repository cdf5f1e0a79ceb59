import { isIP } from 'node:net'

/** Where the requests of pages' scripts and of the company's sign-in arrive. */
export const authPath = '/auth'
/** The same for members, who are never staff. */
export const memberAuthPath = '/member-auth'
/** Set by us alone, from what the connection or a trusted proxy says. */
export const addressHeader = 'x-laurel-address'

/** `__Host-`: the browser sends it to this host alone, over TLS alone, and no sister host can plant one. */
export const cookiePrefix = (origin: string): string => (origin.startsWith('https:') ? '__Host-laurel' : 'laurel')
export const sessionCookieName = (origin: string): string => `${cookiePrefix(origin)}_staff`
export const memberCookieName = (origin: string): string => `${cookiePrefix(origin)}_member`

const isAddress = (hostname: string): boolean => isIP(hostname.replace(/^\[|\]$/g, '')) !== 0

/** A name of somebody else's could be made to point here (DNS rebinding); an address of a machine cannot. */
export const isOwnName = (hostname: string): boolean => hostname === 'localhost' || isAddress(hostname)

/** Passkeys are for names: a browser makes none for `127.0.0.1`. */
export const canHavePasskeys = (origin: string): boolean => !isAddress(new URL(origin).hostname)
