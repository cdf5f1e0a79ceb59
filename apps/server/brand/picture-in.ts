import { logoBytesMax, logoPixels } from '@laurel/contract'

/** What a file is by its first bytes, whatever its name says; or why it is no logo. */
export type PictureFound =
  | { readonly type: 'image/png' | 'image/jpeg' | 'image/webp'; readonly width: number; readonly height: number }
  | { readonly wrong: string }

/**
 * Kinds that every browser shows and that cannot hold a script: an SVG can. Sizes are read from the head, as PNG (W3C 2003, 11.2.2),
 * JPEG (ITU T.81, B.2.2) and WebP (RFC 9649) write them; nothing is unpacked.
 */
export function pictureIn(bytes: Buffer): PictureFound {
  if (bytes.length > logoBytesMax) {
    return { wrong: `has ${bytes.length} bytes, and ${logoBytesMax} are the most: save it smaller` }
  }
  const found = pngIn(bytes) ?? jpegIn(bytes) ?? webpIn(bytes)
  if (found === null) return { wrong: 'is no PNG, JPEG or WebP picture: save it as one of them' }
  const { width, height } = found
  const { least, most } = logoPixels
  if (Math.min(width, height) >= least && Math.max(width, height) <= most) return found
  return { wrong: `has ${width} × ${height} pixels: each side must have from ${least} to ${most}` }
}

type Found = Extract<PictureFound, { readonly type: string }>

function pngIn(bytes: Buffer): Found | null {
  const isPng = bytes.length >= 24 && bytes.subarray(0, 16).equals(pngHead)
  return isPng ? { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null
}

const pngHead = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

/** Segment by segment, to the one that begins a frame. */
function jpegIn(bytes: Buffer): Found | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    // Of the sixteen, three begin tables.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { type: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    }
    // Filling bytes may stand before a marker.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

function webpIn(bytes: Buffer): Found | null {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') {
    return null
  }
  const type = 'image/webp'
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { type, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { type, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  }
  return null
}
