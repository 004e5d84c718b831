package money

import "testing"

func TestCapital(t *testing.T) {
	for f, want := range map[Fen]string{
		0: "零元整", 1: "壹分", 10: "壹角整", 105: "壹元零伍分", 12345: "壹佰贰拾叁元肆角伍分",
		800 * Wan: "捌佰万元整", 1_0001 * Yuan: "壹万零壹元整", 10_0000 * Yuan: "壹拾万元整", 1005_0000 * Yuan: "壹仟零伍万元整",
		1_0000_0001 * Yuan: "壹亿零壹元整", 1_0500_0000 * Yuan: "壹亿零伍佰万元整", 1_2000_0300 * Yuan: "壹亿贰仟万零叁佰元整", -5 * Yuan: "负伍元整",
		469_1900 * Wan: "肆佰陆拾玖亿壹仟玖佰万元整", 1_0001_0000 * Yuan: "壹亿零壹万元整", 20_0100_2000 * Yuan: "贰拾亿零壹佰万贰仟元整",
	} {
		if got := f.Capital(); got != want {
			t.Errorf("%d: got %s, want %s", f, got, want)
		}
	}
}
