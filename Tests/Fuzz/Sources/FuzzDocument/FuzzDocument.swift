import Checks

/// What libFuzzer calls with each input it makes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDocument(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    checkDocument(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
