// Package judge says how strongly an achievement answers a need, on the four levels that experts use: 4 strong, 3 fairly strong,
// 2 weak, 1 unrelated.
//
//	m, err := judge.Shipped()                  // weights in the binary, trained as training.md tells
//	v := m.Score(needs, pairs, judged)          // judged: what the deployment's experts said before; may be empty
//	v[0].Level()                                // the median: wrong by the least on average
//	v[0].Mean()                                 // the expectation, to rank by
//
// Three things are combined. Signals compare the texts: words, pairs of characters, vectors learnt from these same texts, and the
// rivals that were put beside the same need. Kernels carry judgements over: the same thing offered for the same problem (by
// likeness of titles times likeness of needs), and the same picture of signals. Boosted trees weigh all of it. What ships has
// learnt the first kernel into a table of weights between hashed dimensions of title and need, in which no text is left.
package judge
