import SQLiteStore

/// The kernel's lock of a state folder; the loop's port of the same name is another type.
typealias FolderLock = ControllerLock
