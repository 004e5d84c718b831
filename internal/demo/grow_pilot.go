package demo

import (
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
)

func baseName(i int) string { return fmt.Sprintf("%s中试基地%02d", made, i+1) }

// bases: 35 stood in August 2023, 66 at the end of 2024; one had left before, four came after.
func bases() table {
	t := rowsOf("name", "number", "host", "form", "field", "chain", "district", "level", "recognised_on", "until", "status")
	d := diceFor(10)
	forms := []string{"企业主导", "企业主导", "第三方主导", "高校院所主导", "政府主导"}
	for i := range 71 {
		from, until := d.day("2022-06-01", "2023-08-01"), ""
		switch {
		case i >= 67:
			from = d.day("2025-02-01", "2025-11-30")
		case i == 66:
			until = "2024-03-31"
		case i >= 35:
			from = d.day("2023-09-01", "2024-12-20")
		}
		level := "市级"
		if i%5 == 0 {
			level = "省级"
		}
		t.add(baseName(i), fmt.Sprintf("%s-ZS-%03d", made, i+1), hostCode(i), pick(d, forms), pick(d, fieldCodes), pick(d, chainCodes), d.district(), level, string(from), until, "运行")
	}
	return t
}

// The pilot contracts of a year: so many clients, each with at least one order, some with more.
type pilotYear struct {
	year, clients, orders int
	value                 money.Fen
}

var pilotYears = []pilotYear{{2023, 1120, 1300, 13*money.Yi + 4200*money.Wan}, {2024, 2693, 3120, 31*money.Yi + 7000*money.Wan}, {2025, 1580, 1700, 22 * money.Yi}}

func pilotContracts() table {
	t := rowsOf("title", "number", "client", "base", "field", "chain", "signed", "accepted", "amount", "tech_contract", "status")
	d := diceFor(11)
	for _, y := range pilotYears {
		amounts := d.spread(y.value, y.orders, 0.9)
		order := d.Perm(firms)
		for i := range y.orders {
			client := order[i%y.clients] // the first round serves everybody once
			first, last := caldate.Date(fmt.Sprintf("%d-01-05", y.year)), caldate.Date(fmt.Sprintf("%d-10-31", y.year))
			signed := d.day(first, last)
			accepted := min(signed.AddDays(20+d.IntN(120)), caldate.Date(fmt.Sprintf("%d-12-30", y.year)))
			t.add(fmt.Sprintf("%s中试项目%d-%05d", made, y.year, i+1), fmt.Sprintf("%s-ZSHT-%d-%05d", made, y.year, i+1), firmCode(client), baseName(d.IntN(66)),
				pick(d, fieldCodes), pick(d, chainCodes), string(signed), string(accepted), yuan(amounts[i]), "", "有效")
		}
	}
	return t
}

// landings: 173 firms were incubated and landed in 2024, some with two projects; 57 results landed through the institute by the end of 2025.
func landings() table {
	t := rowsOf("title", "kind", "firm", "base", "institute", "field", "chain", "district", "verified_on", "status")
	d := diceFor(12)
	n := 0
	one := func(kind, firm, base, institute string, day caldate.Date) {
		n++
		t.add(fmt.Sprintf("%s落地项目%04d", made, n), kind, firm, base, institute, pick(d, fieldCodes), pick(d, chainCodes), d.district(), string(day), "有效")
	}
	for _, y := range []struct{ year, firms, again int }{{2023, 96, 4}, {2024, 173, 11}, {2025, 181, 9}} {
		order := d.Perm(firms)
		for i := range y.firms + y.again {
			one("孵化落地（新设企业或者产线）", firmCode(order[i%y.firms]), baseName(d.IntN(66)), "", d.day(caldate.Date(fmt.Sprintf("%d-01-05", y.year)), caldate.Date(fmt.Sprintf("%d-12-28", y.year))))
		}
	}
	for range 57 {
		one("转化落地（现有企业承接成果）", firmCode(d.IntN(firms)), "", namedCode(instituteN), d.day("2021-03-01", "2025-12-20"))
	}
	for range 64 {
		one("转化落地（现有企业承接成果）", firmCode(d.IntN(firms)), "", schoolCode(3*d.IntN(schools/3)), d.day("2023-01-10", "2025-12-20"))
	}
	return t
}
