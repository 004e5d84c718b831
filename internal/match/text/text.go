// Package text turns what people write into words that can be compared: Chinese first, with Latin terms, formulas and quantities
// inside it.
//
//	folded := text.Fold("高純度（≥ 99.99 %）８寸SiC襯底") // 高纯度(≥ 99.99 %)8寸sic衬底
//	lexicon.Words(folded)                                  // 高纯度 99.99% 8in sic 衬底
//	text.Initials("沈阳鼓风机")                              // sygfj
//
// Fold makes spellings equal, Runs cuts at everything that is no letter, a Lexicon cuts Chinese into words. All of it is pure.
package text
