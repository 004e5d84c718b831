// Command kechuang is the one binary.
package main

import (
	"fmt"
	"os"

	"kechuang/internal/web"
)

func main() {
	doc, err := web.OpenAPI("dev")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout.Write(doc)
}
