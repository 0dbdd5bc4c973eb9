/// How much a reader takes before it refuses a text.
package struct Limits: Sendable {
    /// Bytes of one file.
    package var size: Int
    /// Lists and mappings inside each other.
    package var depth: Int
    /// Keys, scalars, lists and mappings in all.
    package var values: Int

    package init(size: Int = 1 << 20, depth: Int = 64, values: Int = 200_000) {
        self.size = size
        self.depth = depth
        self.values = values
    }
}
