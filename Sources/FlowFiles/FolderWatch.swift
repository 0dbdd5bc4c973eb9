/// Notices that flow files have changed, by the size, time and inode of every file: a few microseconds a file.
///
/// Notices of the file system would come sooner, but none come from network mounts, and none for what is behind a
/// swapped link, which is how containers are given new files; a look sees all of that.
package struct FolderWatch: Sendable {
    /// What a look found.
    package enum Sight: Sendable {
        case unchanged
        /// Files have changed, and may still be written: the next look tells.
        case unsettled
        /// Files have changed, and stood still for two looks in a row.
        case changed(FolderListing, FlowFolder.Contents)
    }

    private let folder: FlowFolder
    private var known: FolderListing?
    /// Another state, seen once.
    private var candidate: FolderListing?

    /// - Parameter known: the files as they were when they were read last, so that no change in between is missed; nil
    ///   where they have not been read.
    package init(_ folder: FlowFolder, since known: FolderListing?) {
        self.folder = folder
        self.known = known
    }

    /// Looks once; what has changed is read.
    ///
    /// A change is found again at each look until it is ``acknowledge(_:)``d.
    ///
    /// - Parameter atOnce: takes a change for one although it was not seen before.
    /// - Throws: ``FlowFolderError`` where a path names nothing, or a file that is no flow file.
    package mutating func look(atOnce: Bool = false) throws(FlowFolderError) -> Sight {
        let list = try folder.list()
        guard list != known else {
            candidate = nil
            return .unchanged
        }
        guard atOnce || list == candidate else {
            candidate = list
            return .unsettled
        }
        let contents = try folder.read()
        // Changed again while it was read: another look.
        guard try folder.list() == list else {
            candidate = nil
            return .unsettled
        }
        return .changed(list, contents)
    }

    /// Takes a state for known: it was taken up, or found wanting.
    package mutating func acknowledge(_ list: FolderListing) {
        known = list
    }
}
