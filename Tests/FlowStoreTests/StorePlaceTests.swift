import Testing

@testable import FlowStoreSQLite

@Suite
struct StorePlaceTests {
    private static let mounts = """
        21 27 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw
        27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,errors=remount-ro
        40 27 254:0 /host/flowd.db /data/flowd.db rw,relatime - ext4 /dev/vda rw
        41 27 0:40 / /nfs rw,relatime shared:9 master:3 - nfs4 server:/export rw,vers=4.2
        42 27 0:41 / /smb rw - cifs //server/share rw
        43 27 0:42 / /ssh rw - fuse.sshfs me@server: rw,user_id=0
        44 27 0:43 / /merged rw - fuse.mergerfs pool rw
        45 27 0:44 / /shm rw - tmpfs shm rw
        46 27 0:45 / /layer rw - overlay overlay rw
        47 27 0:46 / /host rw - virtiofs host rw
        48 27 0:47 / /nine rw - 9p host rw
        49 27 0:48 / /ceph rw - ceph 10.0.0.1:/ rw
        50 27 0:49 / /xfs rw - xfs /dev/vdb rw
        51 27 0:50 / /afs rw - afs AFS rw
        52 27 0:51 / /gluster rw - fuse.glusterfs server:/volume rw
        """

    private static let mountOfItsOwn =
        "it is a mount of its own, so its -wal file would stay behind in another place: mount its folder"

    private static func network(_ name: String) -> String {
        "it is on a network file system (\(name)), where locks and syncs cannot be relied on: keep it on a local disk"
    }

    @Test(
        arguments: [
            (27, 27, nil, nil),
            (nil, 27, nil, nil),
            (50, 50, nil, nil),
            (40, 27, mountOfItsOwn, nil),
            (41, 41, network("nfs4"), nil),
            (nil, 41, network("nfs4"), nil),
            (42, 42, network("cifs"), nil),
            (43, 43, network("fuse.sshfs"), nil),
            (48, 48, network("9p"), nil),
            (49, 49, network("ceph"), nil),
            (51, 51, network("afs"), nil),
            (52, 52, network("fuse.glusterfs"), nil),
            (
                44, 44, nil,
                "its file system is a program (fuse.mergerfs): the store is as durable as that program makes it"
            ),
            (45, 45, nil, "it is in memory (tmpfs), so it is lost when the machine restarts"),
            (
                46, 46, nil,
                "it is on a container's own layer (overlay), so it is lost with the container: mount a folder"
            ),
            (47, 47, nil, "its disk is shared by a host (virtiofs): let no other machine use the same folder"),
        ] as [(Int?, Int, String?, String?)]
    )
    func `a place is refused, warned of or fine`(
        _ file: Int?,
        _ folder: Int,
        _ objection: String?,
        _ warning: String?
    ) throws {
        let place = try #require(StorePlace(fileMount: file, folderMount: folder, mounts: Self.mounts))
        #expect(place.objection == objection)
        #expect(place.warning == warning)
    }

    @Test
    func `a mount that is not in the list says nothing`() {
        #expect(StorePlace(fileMount: 99, folderMount: 99, mounts: Self.mounts) == nil)
        #expect(StorePlace(fileMount: nil, folderMount: 27, mounts: "") == nil)
    }

    #if os(Linux)
    @Test
    func `the place of this process's own folder is found`() throws {
        let place = try #require(StorePlace(file: "/no/such/file", folder: "/"))
        #expect(place.fileMount == nil)
        #expect(!place.fileSystem.isEmpty)
    }
    #endif
}
