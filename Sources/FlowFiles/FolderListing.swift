package import FlowDocument
import Glibc

/// The flow files there are, each once, sorted by path.
///
/// Two listings are equal where nothing has changed.
package struct FolderListing: Hashable, Sendable {
    /// A flow file, and what changes when its text does.
    package struct Entry: Hashable, Sendable {
        package let path: String
        package let format: Document.Format
        fileprivate let status: FileStatus
    }

    /// A file or folder that nobody may read.
    package struct Unreadable: Hashable, Sendable {
        package let path: String
        package let reason: String
    }

    package private(set) var entries: [Entry] = []
    package private(set) var unreadable: [Unreadable] = []

    private struct FolderID: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    /// Looks for files: `.yaml`, `.yml` and `.json`, hidden ones and `*.test.…` aside.
    init(of paths: [String]) throws(FlowFolderError) {
        // Folders that were looked into: links may lead back to them.
        var seen: Set<FolderID> = []
        for path in paths {
            guard let status = FileStatus(path) else {
                guard errno == ENOENT || errno == ENOTDIR else {
                    unreadable.append(Unreadable(path: path, reason: String(cString: strerror(errno))))
                    continue
                }
                throw .missing(path)
            }
            if status.isFolder {
                walk(path, status, &seen)
            } else if !Self.isTest(path) {
                guard let format = Document.Format(fileName: path), status.isFile else { throw .notAFlowFile(path) }
                entries.append(Entry(path: path, format: format, status: status))
            }
        }
        if entries.isEmpty, unreadable.isEmpty, let path = paths.first, paths.allSatisfy(Self.isTest) {
            throw .holdsCases(path)
        }
        entries.sort { $0.path < $1.path }
        if paths.count > 1 { removeRepeated() }
        unreadable.sort { $0.path < $1.path }
    }

    /// A file may be named by itself and lie in a folder that is named, too.
    private mutating func removeRepeated() {
        var found: Set<String> = []
        entries.removeAll { entry in
            let folder = FileStatus(Self.folder(of: entry.path))
            let name = entry.path.split(separator: "/").last ?? ""
            return !found.insert("\(folder?.device ?? 0) \(folder?.inode ?? 0) \(name)").inserted
        }
    }

    private mutating func walk(_ path: String, _ status: FileStatus, _ seen: inout Set<FolderID>) {
        guard seen.insert(FolderID(device: status.device, inode: status.inode)).inserted else { return }
        guard let folder = opendir(path) else {
            unreadable.append(Unreadable(path: path, reason: String(cString: strerror(errno))))
            return
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            // The name is a tuple of 256 characters to Swift.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        for name in names.sorted() {
            let below = path.hasSuffix("/") ? path + name : path + "/" + name
            // Gone since, or a link to nowhere.
            guard let status = FileStatus(below) else { continue }
            if status.isFolder {
                walk(below, status, &seen)
            } else if status.isFile, let format = Document.Format(fileName: name), !Self.isTest(name) {
                entries.append(Entry(path: below, format: format, status: status))
            }
        }
    }

    private static func isTest(_ path: String) -> Bool {
        let parts = (path.split(separator: "/").last ?? "").split(separator: ".")
        return parts.count > 2 && parts[parts.count - 2] == "test" && Document.Format(fileName: path) != nil
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension FolderListing.Entry {
    struct Failure: Error {
        let reason: String
    }

    /// The bytes, a little more of a file than any reader takes at most.
    func read() -> Result<[UInt8], Failure> {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return .failure(Failure(reason: String(cString: strerror(errno)))) }
        defer { close(file) }
        var bytes: [UInt8] = []
        // Most files come in one piece; one byte more, to see their end. A file can be longer than it was.
        var buffer = [UInt8](repeating: 0, count: min(Int(status.size) + 1, 64 * 1_024))
        while bytes.count <= Self.maximumRead {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return .failure(Failure(reason: String(cString: strerror(errno))))
            }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return .success(bytes)
    }

    private static let maximumRead = 16 << 20
}

/// What the file system knows of a path, behind its links.
private struct FileStatus: Hashable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    private let kind: mode_t
    private let changedSeconds: Int64
    private let changedNanoseconds: Int64

    /// - Returns: nil where there is nothing; `errno` then says why.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        kind = status.st_mode & S_IFMT
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        changedSeconds = Int64(status.st_mtim.tv_sec)
        changedNanoseconds = Int64(status.st_mtim.tv_nsec)
    }

    var isFolder: Bool { kind == S_IFDIR }
    var isFile: Bool { kind == S_IFREG }
}
