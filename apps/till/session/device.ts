/** What this device keeps without a line: its key, what it sold, and whom it has seen. */

/** A key that can be used and not shown: whoever copies the storage signs nothing elsewhere. */
export interface DeviceKey {
  readonly privateKey: CryptoKey
  /** A point of P-256, as base64url of 65 bytes. */
  readonly publicKey: string
}

const stores = ['key', 'outbox', 'seen', 'state'] as const
type Store = (typeof stores)[number]

let opening: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('laurel-till', 1)
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opening
}

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })

const answered = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

export async function read(store: Store, name: IDBValidKey): Promise<unknown> {
  return await answered((await open()).transaction(store).objectStore(store).get(name))
}

export async function readAll(store: Store): Promise<unknown[]> {
  return await answered((await open()).transaction(store).objectStore(store).getAll())
}

export async function write(store: Store, name: IDBValidKey, value: unknown): Promise<void> {
  const transaction = (await open()).transaction(store, 'readwrite', { durability: 'strict' })
  transaction.objectStore(store).put(value, name)
  await finished(transaction)
}

/** An entry and the head after it, both or neither; refused where one of this number is there. */
export async function append(number: number, entry: unknown, head: unknown): Promise<void> {
  const transaction = (await open()).transaction(['outbox', 'state'], 'readwrite', { durability: 'strict' })
  transaction.objectStore('outbox').add(entry, number)
  transaction.objectStore('state').put(head, 'head')
  await finished(transaction)
}

export async function forget(store: Store, names: readonly IDBValidKey[]): Promise<void> {
  const transaction = (await open()).transaction(store, 'readwrite')
  for (const name of names) transaction.objectStore(store).delete(name)
  await finished(transaction)
}

export async function forgetAll(): Promise<void> {
  const transaction = (await open()).transaction([...stores], 'readwrite')
  for (const store of stores) transaction.objectStore(store).clear()
  await finished(transaction)
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const

/** Made when a device is enrolled. Null: this page may make none, since it came without TLS. */
export async function makeKey(): Promise<DeviceKey | null> {
  // Missing where a shop serves plain HTTP, whatever the types say.
  if (!isSecureContext) return null
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  return { privateKey, publicKey: base64url(await crypto.subtle.exportKey('raw', publicKey)) }
}

export async function signature(key: CryptoKey, text: string): Promise<string> {
  return base64url(await crypto.subtle.sign(signing, key, bytesOf(text)))
}

/** Whether the server has signed it: `publicKey` is what it said its key is. */
export async function isSignedBy(publicKey: string, text: string, signed: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', fromBase64url(publicKey), algorithm, false, ['verify'])
  return await crypto.subtle.verify(signing, key, fromBase64url(signed), bytesOf(text))
}

export async function hexHash(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytesOf(text))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
