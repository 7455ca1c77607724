import Testing

@Suite struct `Messages about YAML` {
  @Test func `a double key shows both places`() {
    #expect(
      rendered("metadata:\n  name: orders\n  labels: {}\n  name: other\n") == """
        error[PC0005]: the key `name` stands twice in one mapping
         --> m.yaml:4:3
          |
        2 |   name: orders
          |   ---- first here
        ...
        4 |   name: other
          |   ^^^^ again here
          = help: remove one of the two

        1 error

        """)
  }

  @Test func `a wrong indentation shows the mapping that was left`() {
    #expect(
      rendered("spec:\n  mode: snapshot\n source: shop\n") == """
        error[PC0024]: a key is expected here
         --> m.yaml:3:2
          |
        1 | spec:
          | - this mapping
        ...
        3 |  source: shop
          |  ^ not a key of it
          = help: keys of one mapping start in the same column; check the indentation

        1 error

        """)
  }

  @Test func `text behind a closed quote is not called a key`() {
    #expect(
      rendered("a: \"x\" y\n") == """
        error[PC0024]: more text behind a value that has ended
         --> m.yaml:1:8
          |
        1 | a: "x" y
          |        ^ this does not belong to it
          = help: quote the whole text, or begin a new line

        1 error

        """)
  }

  @Test func `a tab is shown where it stands`() {
    #expect(
      rendered("spec:\n  streams:\n \t- name: x\n") == """
        error[PC0022]: a tab cannot indent
         --> m.yaml:3:2
          |
        3 |      - name: x
          |  ^^^^ tab
          = help: indent with spaces

        1 error

        """)
  }

  @Test func `a leading zero says both numbers that may be meant`() {
    #expect(
      rendered("mode: 0777\n") == """
        error[PC0021]: an integer that starts with a zero is octal to some readers of YAML and decimal to others
         --> m.yaml:1:7
          |
        1 | mode: 0777
          |       ^^^^
          = help: write `511` for the octal number, `777` for the decimal one, or quote it: `"0777"`

        1 error

        """)
  }

  @Test func `an unknown alias is compared with the anchors`() {
    #expect(
      rendered("a: &base 1\nb: *bsae\n") == """
        error[PC0008]: there is no anchor `&bsae` before this alias
         --> m.yaml:2:4
          |
        2 | b: *bsae
          |    ^^^^^
          = help: did you mean `*base`?

        1 error

        """)
  }

  @Test func `a key without its colon is pointed at`() {
    #expect(
      rendered("kind: Pipeline\nspec\nmode: x\n") == """
        error[PC0024]: a key without a `:`
         --> m.yaml:2:1
          |
        2 | spec
          | ^ this key
          = help: write `key: value`, with a space

        1 error

        """)
  }
}
