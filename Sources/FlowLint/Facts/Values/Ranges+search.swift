extension [Range<Int>] {
    /// Whether one of the ranges, which ascend and do not overlap, contains a number: by binary search.
    func holds(_ number: Int) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].upperBound <= number { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].contains(number)
    }
}
