import PipectlCommands

@main
enum Main {
  static func main() async {
    prepareMemory()
    await runPipectl()
  }
}
