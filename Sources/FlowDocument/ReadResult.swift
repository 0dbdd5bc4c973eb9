/// What reading one file gave: its tree, as far as there is one, and everything that is wrong with the text.
///
/// Both may be there: a file with a duplicate key has a tree to look for further mistakes in. A document that came with an
/// error among the findings must not be run.
package struct ReadResult: Sendable {
    package var document: Document?
    /// In the order of the file.
    package var findings: [Finding]

    package init(document: Document?, findings: [Finding]) {
        self.document = document
        self.findings = findings
    }
}
