import Foundation
import Testing

/// Has the writes and syncs of a process hang while a file is there: what a frozen or vanished disk looks like.
///
/// A small library that is loaded into the process before all others (ld.so(8), `LD_PRELOAD`).
struct HangingDisk {
    /// A C compiler of this machine.
    static let compiler = ["/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private let folder = NSTemporaryDirectory() + "/flowd-disk-" + UUID().uuidString

    init() async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let source = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <stdlib.h>
            #include <sys/types.h>
            #include <unistd.h>
            static void pause_while_frozen(void) {
                const char *file = getenv("FROZEN_WHILE");
                while (file && access(file, F_OK) == 0) usleep(5000);
            }
            ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
                static ssize_t (*real)(int, const void *, size_t, off_t);
                if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
                pause_while_frozen();
                return real(fd, bytes, count, offset);
            }
            int fdatasync(int fd) {
                static int (*real)(int);
                if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
                pause_while_frozen();
                return real(fd);
            }
            """
        try source.write(toFile: folder + "/disk.c", atomically: true, encoding: .utf8)
        let child = try ChildProcess(
            [#require(Self.compiler), "-shared", "-fPIC", "-o", library, folder + "/disk.c", "-ldl"],
            environment: ["PATH": "/usr/bin:/bin"],
            output: folder + "/compiler.log"
        )
        try #require(await child.end() == 0, "the library cannot be compiled: see \(folder)/compiler.log")
    }

    private var library: String { folder + "/disk.so" }
    private var flag: String { folder + "/frozen" }

    /// What the process is started with.
    var environment: [String: String] { ["LD_PRELOAD": library, "FROZEN_WHILE": flag] }

    func hang() throws { try Data().write(to: URL(filePath: flag)) }
    func answer() throws { try FileManager.default.removeItem(atPath: flag) }
    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
