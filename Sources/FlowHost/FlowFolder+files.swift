package import FlowDocument

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension FlowFolder {
    /// A flow file, and what changes when its text does.
    package struct Entry: Hashable, Sendable {
        package let path: String
        package let format: Document.Format
        let device: UInt64
        let inode: UInt64
        let size: Int64
        let changedSeconds: Int64
        let changedNanoseconds: Int64
    }

    /// Files and folders that nobody may read.
    package struct Unreadable: Hashable, Sendable {
        package let path: String
        package let reason: String
    }

    /// The files there are, each once, sorted by path.
    ///
    /// Two lists are equal where nothing has changed.
    package struct List: Hashable, Sendable {
        package fileprivate(set) var entries: [Entry] = []
        package fileprivate(set) var unreadable: [Unreadable] = []
        /// Folders that were looked into: links may lead back to them.
        fileprivate var seen: Set<Escaping> = []

        package static func == (left: List, right: List) -> Bool {
            left.entries == right.entries && left.unreadable == right.unreadable
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(entries)
            hasher.combine(unreadable)
        }
    }

    fileprivate struct Escaping: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    /// Looks for files: `.yaml`, `.yml` and `.json`, hidden ones and `*.test.…` aside.
    package func list() throws(FlowFolderError) -> List {
        var list = List()
        for path in paths {
            guard let status = Status(path) else {
                guard errno == ENOENT || errno == ENOTDIR else {
                    list.unreadable.append(Unreadable(path: path, reason: String(cString: strerror(errno))))
                    continue
                }
                throw .missing(path)
            }
            if status.isFolder {
                Self.walk(path, status, into: &list)
            } else if !Self.isTest(path) {
                guard let format = Document.Format(fileName: path), status.isFile else { throw .notAFlowFile(path) }
                list.entries.append(Entry(path: path, format: format, status))
            }
        }
        if list == List(), let path = paths.first, paths.allSatisfy(Self.isTest) { throw .holdsCases(path) }
        list.entries.sort { $0.path < $1.path }
        if paths.count > 1 { Self.removeRepeated(from: &list.entries) }
        list.unreadable.sort { $0.path < $1.path }
        return list
    }

    /// A file may be named by itself and lie in a folder that is named, too.
    private static func removeRepeated(from entries: inout [Entry]) {
        var places: Set<String> = []
        entries.removeAll { entry in
            let folder = Status(Self.folder(of: entry.path))
            let name = entry.path.split(separator: "/").last ?? ""
            return !places.insert("\(folder?.device ?? 0) \(folder?.inode ?? 0) \(name)").inserted
        }
    }

    private static func walk(_ path: String, _ status: Status, into list: inout List) {
        guard list.seen.insert(Escaping(device: status.device, inode: status.inode)).inserted else { return }
        guard let folder = opendir(path) else {
            list.unreadable.append(Unreadable(path: path, reason: String(cString: strerror(errno))))
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
            guard let status = Status(below) else { continue }
            if status.isFolder {
                walk(below, status, into: &list)
            } else if status.isFile, let format = Document.Format(fileName: name), !isTest(name) {
                list.entries.append(Entry(path: below, format: format, status))
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

extension FlowFolder.Entry {
    struct Failure: Error {
        let reason: String
    }

    fileprivate init(path: String, format: Document.Format, _ status: Status) {
        self.path = path
        self.format = format
        device = status.device
        inode = status.inode
        size = status.size
        changedSeconds = status.changedSeconds
        changedNanoseconds = status.changedNanoseconds
    }

    /// The bytes, a little more of a file than any reader takes at most.
    func read() -> Result<[UInt8], Failure> {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return .failure(Failure(reason: String(cString: strerror(errno)))) }
        defer { close(file) }
        var bytes: [UInt8] = []
        // Most files come in one piece; one byte more, to see their end. A file can be longer than it was.
        var buffer = [UInt8](repeating: 0, count: min(Int(size) + 1, 64 * 1_024))
        while bytes.count <= Self.maximumRead {
            let count = buffer.withUnsafeMutableBytes { memory in
                #if canImport(Darwin)
                Darwin.read(file, memory.baseAddress, memory.count)
                #elseif canImport(Musl)
                Musl.read(file, memory.baseAddress, memory.count)
                #else
                Glibc.read(file, memory.baseAddress, memory.count)
                #endif
            }
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
private struct Status {
    let isFolder: Bool
    let isFile: Bool
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let changedSeconds: Int64
    let changedNanoseconds: Int64

    /// - Returns: nil where there is nothing; `errno` then says why.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        isFile = status.st_mode & S_IFMT == S_IFREG
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Darwin)
        let changed = status.st_mtimespec
        #else
        let changed = status.st_mtim
        #endif
        changedSeconds = Int64(changed.tv_sec)
        changedNanoseconds = Int64(changed.tv_nsec)
    }
}
