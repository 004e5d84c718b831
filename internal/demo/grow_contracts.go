package demo

import (
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
)

// contractYears are how many technology contracts are registered in a year, and what they come to; with the one of the thread there are 30 000.
var contractYears = []struct {
	year, n int
	value   money.Fen
}{{2023, 14_239, 342 * money.Yi}, {2024, 15_760, 469*money.Yi + 1900*money.Wan}}

// contracts of one year. December is the busiest month, as everywhere.
func contracts(of int) table {
	t := rowsOf("title", "number", "seller", "buyer", "status", "kind", "field", "registered", "signed", "until", "amount", "technical")
	y := contractYears[of]
	d := diceFor(uint64(20 + of))
	amounts := d.spread(y.value, y.n, 1.6)
	kinds := []string{"技术开发", "技术开发", "技术开发", "技术服务", "技术服务", "技术服务", "技术服务", "技术转让", "技术许可", "技术咨询"}
	first, last := caldate.Date(fmt.Sprintf("%d-01-02", y.year)), caldate.Date(fmt.Sprintf("%d-12-31", y.year))
	for i := range y.n {
		registered := d.day(first, last)
		if d.IntN(100) < 18 {
			registered = d.day(last.AddDays(-30), last)
		}
		signed := registered.AddDays(-3 - d.IntN(60))
		seller := firmCode(d.IntN(firms))
		if d.IntN(100) < 35 {
			seller = schoolCode(d.IntN(schools))
		}
		buyer := firmCode(d.IntN(firms))
		if d.IntN(100) < 40 {
			buyer = farCode(d.IntN(strangers))
		}
		for buyer == seller {
			buyer = firmCode(d.IntN(firms))
		}
		technical := amounts[i] * money.Fen(60+d.IntN(40)) / 100
		t.add(fmt.Sprintf("%s技术合同%d-%05d", made, y.year, i+1), fmt.Sprintf("%d210100%06d", y.year, i+1), seller, buyer, "有效", pick(d, kinds), pick(d, contractCodes),
			string(registered), string(signed), string(registered.AddDays(120+d.IntN(600))), yuan(amounts[i]), yuan(technical))
	}
	return t
}
