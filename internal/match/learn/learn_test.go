package learn

import (
	"bytes"
	"encoding/gob"
	"math"
	"math/rand/v2"
	"testing"
)

// TestBoostLearnsWhatIsThere: yes is the exclusive or of two columns, which no line can tell.
func TestBoostLearnsWhatIsThere(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 1))
	var rows [][]float32
	var yes []bool
	for range 2000 {
		a, b := chance.Float32(), chance.Float32()
		rows, yes = append(rows, []float32{a, b, chance.Float32()}), append(yes, (a > 0.5) != (b > 0.5))
	}
	g := Growth{Trees: 60, Rate: 0.2, Leaves: 6, Least: 2, Ridge: 1, Rows: 0.8, Features: 1, Seed: 1}
	trees, again := Boost(rows[:1500], yes[:1500], nil, g), Boost(rows[:1500], yes[:1500], nil, g)
	wrong := 0
	for i := 1500; i < 2000; i++ {
		if trees.LogOdds(rows[i]) > 0 != yes[i] {
			wrong++
		}
		if trees.LogOdds(rows[i]) != again.LogOdds(rows[i]) {
			t.Fatal("the same input gave other trees")
		}
	}
	sum := [3]float64{}
	trees.Shares([]float32{0.9, 0.1, 0.5}, func(f int, share float64) { sum[f] += share })
	if sum[0]+sum[1] < 3*math.Abs(sum[2]) {
		t.Errorf("shares %v: the third column is noise", sum)
	}
	if wrong > 40 {
		t.Errorf("%d of 500 wrong", wrong)
	}
	if Boost(nil, nil, nil, g).LogOdds([]float32{1}) != 0 {
		t.Error("no rows, no opinion")
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(trees); err != nil {
		t.Fatal(err)
	}
}

// TestKernelSolves: the answer at the seen rows is exactly what the linear system says.
func TestKernelSolves(t *testing.T) {
	gram := []float32{2, 1, 0, 1, 2, 1, 0, 1, 2}
	k := FitKernel(gram, [][]float64{{1, 2, 6}}, 1)
	mean, w := k.Weights(0)
	for i, y := range []float64{1, 2, 6} {
		got := w[i] + mean
		for j := range 3 {
			got += float64(gram[i*3+j]) * w[j]
		}
		if math.Abs(got-y) > 0.02 {
			t.Errorf("row %d: %v, want %v", i, got, y)
		}
	}
	var out [1]float64
	k.Predict([]float32{0, 0, 0}, out[:])
	if out[0] != 3 {
		t.Errorf("like nothing seen: %v, want the mean 3", out[0])
	}
}

// TestVectorsKnowCompany: words that never meet but keep the same company are alike.
func TestVectorsKnowCompany(t *testing.T) {
	c := NewCompany(8, 3)
	for range 20 {
		c.Add([]int32{0, 2, 3}, 1)
		c.Add([]int32{1, 2, 3}, 1)
		c.Add([]int32{4, 5, 6}, 1)
	}
	v := c.Vectors(3)
	if a, b := Dot(v.Of(0), v.Of(1)), Dot(v.Of(0), v.Of(4)); a < 0.6 || a <= b {
		t.Errorf("likeness %.2f of words with the same company, %.2f of others", a, b)
	}
	if v.Of(7) != nil || v.Of(-1) != nil || v.Of(99) != nil {
		t.Error("a word that never stood beside another has no vector")
	}
}

func TestDot(t *testing.T) {
	if got := Dot([]float32{1, 2, 3, 4, 5}, []float32{1, 1, 1, 1, 2}); got != 20 {
		t.Error(got)
	}
}
