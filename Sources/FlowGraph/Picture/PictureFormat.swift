/// What a picture can be written as.
package enum PictureFormat: String, CaseIterable, Sendable {
    /// Needs nothing but a browser.
    case svg
    /// For a fenced block on GitHub.
    case mermaid
    /// For Graphviz.
    case dot
}
