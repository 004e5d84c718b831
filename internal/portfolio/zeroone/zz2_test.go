package zeroone

import (
	"fmt"
	"os"
	"testing"
)

func TestZZCb(t *testing.T) {
	in, _ := os.Open("/tmp/panel/mk/cb1.txt")
	list, _, _ := ReadORLibrary(in)
	total := 0
	for _, k := range []int{6, 10, 16, 20, 21, 28} {
		c := cpu()
		a, _ := Solve(t.Context(), list[k], Options{Work: 2_000_000})
		fmt.Printf("%d %v work=%d nodes=%d cpu=%.2f\n", k, a.Proved, a.Work, a.Nodes, cpu()-c)
		total += a.Work
	}
	fmt.Println("total", total)
}
