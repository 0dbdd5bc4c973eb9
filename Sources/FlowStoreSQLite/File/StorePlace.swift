#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The mounts that a store's file and its folder are on, as Linux tells of them (proc(5), `mountinfo` and `fdinfo`).
struct StorePlace {
    /// The number of the mount that the file is on; nil for a file that is still to be made.
    let fileMount: Int?
    let folderMount: Int
    /// Such as `ext4`, `nfs4` or `fuse.sshfs`.
    let fileSystem: String

    /// - Returns: nil where the system does not say.
    init?(file: String, folder: String) {
        guard let folderMount = Self.mount(of: folder), let mounts = Self.text("/proc/self/mountinfo") else {
            return nil
        }
        self.init(fileMount: Self.mount(of: file), folderMount: folderMount, mounts: mounts)
    }

    /// - Parameter mounts: the text of `mountinfo`.
    init?(fileMount: Int?, folderMount: Int, mounts: String) {
        guard let found = Self.fileSystem(of: fileMount ?? folderMount, in: mounts) else { return nil }
        self.fileMount = fileMount
        self.folderMount = folderMount
        fileSystem = found
    }

    /// Why no store may be there, with the cure; nil where it may.
    var objection: String? {
        if let fileMount, fileMount != folderMount {
            return "it is a mount of its own, so its -wal file would stay behind in another place: mount its folder"
        }
        guard Self.networks.contains(where: fileSystem.hasPrefix) || Self.networkDrivers.contains(fileSystem) else {
            return nil
        }
        return "it is on a network file system (\(fileSystem)), where locks and syncs cannot be relied on: "
            + "keep it on a local disk"
    }

    /// What an operator should know of the place; nil where all is well, and where the store is refused.
    var warning: String? {
        guard objection == nil else { return nil }
        return switch fileSystem {
        case "tmpfs", "ramfs": "it is in memory (\(fileSystem)), so it is lost when the machine restarts"
        case "overlay": "it is on a container's own layer (overlay), so it is lost with the container: mount a folder"
        case "virtiofs": "its disk is shared by a host (virtiofs): let no other machine use the same folder"
        case let name where name.hasPrefix("fuse"):
            "its file system is a program (\(name)): the store is as durable as that program makes it"
        default: nil
        }
    }

    private static let networks = ["nfs", "cifs", "smb", "9p", "ceph", "glusterfs", "afs", "lustre", "ncp", "coda"]
    /// Programs behind FUSE that reach for another machine.
    private static let networkDrivers: Set<String> = [
        "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse",
        "fuse.davfs", "fuse.davfs2", "fuse.curlftpfs", "fuse.juicefs", "fuse.blobfuse", "fuse.blobfuse2",
        "fuse.goofys", "fuse.moosefs", "fuse.mfs", "fuse.seaweedfs", "fuse.mount-s3", "fuse.nfs", "fuse.smbnetfs",
    ]

    // MARK: Reading

    /// The file system of a mount: the word behind the lone dash in its line, which begins with the mount's number.
    private static func fileSystem(of mount: Int, in mounts: String) -> String? {
        for line in mounts.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.first.flatMap({ Int($0) }) == mount, let dash = words.firstIndex(of: "-") else { continue }
            let next = words.index(after: dash)
            return next < words.endIndex ? String(words[next]) : nil
        }
        return nil
    }

    /// `O_PATH` of <fcntl.h>, a macro that Swift does not import.
    private static let openPath: Int32 = 0o10_000_000

    private static func mount(of path: String) -> Int? {
        #if os(Linux)
        // With O_PATH nothing is opened, so that closing it drops none of SQLite's locks.
        let descriptor = open(path, openPath | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let line = text("/proc/self/fdinfo/\(descriptor)")?.split(separator: "\n").first { $0.hasPrefix("mnt_id:") }
        return line?.split(whereSeparator: { $0 == ":" || $0.isWhitespace }).last.flatMap { Int($0) }
        #else
        return nil
        #endif
    }

    /// A file of the kernel's, which has no size before it is read.
    private static func text(_ path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8_192)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
