package import FlowCore

/// The sensitive texts of a record's runs, for a store that keeps them apart so that it can wipe them for certain.
extension RunRecord {
    /// The record without the texts, and the texts as bytes; nil where there are none.
    package var apart: (record: RunRecord, vaults: [UInt8]?) {
        guard runs.contains(where: { !$0.vault.isEmpty }) else { return (self, nil) }
        var record = self
        var writer = ByteWriter()
        writer.write(runs.map(\.vault))
        for index in record.runs.indices { record.runs[index].vault = Vault() }
        record.isApart = true
        return (record, writer.sealed())
    }

    /// The record with its texts again.
    ///
    /// - Parameter vaults: nil where they were wiped.
    package func joined(with vaults: [UInt8]?) throws(CodecError) -> RunRecord {
        var record = self
        record.isApart = false
        guard let vaults else { return record }
        var reader = try ByteReader(sealed: vaults)
        let all: [Vault] = try reader.list()
        for (index, vault) in all.enumerated() where record.runs.indices.contains(index) {
            record.runs[index].vault = vault
        }
        return record
    }
}
