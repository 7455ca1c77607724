import PipectlCommands

@main
enum Main {
  static func main() async {
    await runPipectl()
  }
}
