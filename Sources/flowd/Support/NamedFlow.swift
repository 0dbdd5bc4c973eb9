import ArgumentParser
import FlowCore
import FlowDocument
import FlowFiles
import Glibc

/// A flow that a command was given by its name, with all of `flows/`.
struct NamedFlow {
    let contents: FlowFolder.Contents
    let path: String

    /// Looks for the name among the flows in `flows/`.
    ///
    /// - Parameter words: a file's path, or the name of a flow.
    /// - Returns: nil where a file is named, or where there is no `flows/` to look in.
    /// - Throws: `ValidationError` where neither a file nor a flow has that name.
    static func find(_ words: String) throws -> NamedFlow? {
        guard access(words, F_OK) != 0, access("flows", F_OK) == 0 else { return nil }
        let contents: FlowFolder.Contents
        do throws(FlowFolderError) {
            contents = try FlowFolder(["flows"]).read()
        } catch {
            throw ValidationError("\(error)")
        }
        if let file = contents.flows[name: words]?.file { return NamedFlow(contents: contents, path: file) }
        let guess = nearMiss(words, among: contents.flows.flows.map(\.name))
        let help = guess.map { ". did you mean \"\($0)\"?" } ?? ""
        throw ValidationError("no file and no flow in flows/ is named \"\(words)\"\(help)")
    }
}
