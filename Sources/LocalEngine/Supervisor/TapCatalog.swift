/// The catalog that a tap is started with.
enum TapCatalog {
  /// The tap cannot tell what it offers: it reads what it reads.
  case absent
  /// What it offers, with the pipeline's selection written in.
  case selected(String)
}
