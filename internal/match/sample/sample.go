// Package sample makes up records of technical Chinese for benchmarks: a title, a text, a kind and a district, from words that are
// used about as unevenly as real ones (Zipf). The same number gives the same record.
//
//	r := sample.Record(17)
//	r.Title // 面向海工平台的金属波纹管疲劳试验装置
package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// Made is one made-up record.
type Made struct {
	ID, Title, Text, Kind, District string
}

var (
	fields    = strings.Fields("海工平台 航空发动机 燃气轮机 工业机器人 集成电路 新能源汽车 动力电池 轨道交通 智能电网 精密铸造 数控机床 生物医药 医疗影像 现代农业 矿山安全 石油化工 钢铁冶金 环境治理 污水处理 建筑节能 食品加工 纺织印染 港口物流 卫星遥感 核电装备")
	things    = strings.Fields("波纹管 轴承 叶片 齿轮箱 传感器 电解液 隔膜 靶材 晶圆 光刻胶 涂层 催化剂 减速器 控制器 换热器 密封件 焊接接头 复合材料 铝合金 钛合金 陶瓷基片 石墨烯 碳纤维 膜组件 压缩机 液压阀 伺服电机 激光器 摄像头 芯片 软件平台 数据库 疫苗 酶制剂 饲料 种子 滤料 阻燃剂 胶粘剂 磁体")
	qualities = strings.Fields("高纯度 高精度 耐高温 低功耗 轻量化 大尺寸 抗疲劳 智能化 自适应 可降解 高强度 低温 超薄 防爆 柔性 宽温域 高通量 长寿命 无铅 国产化")
	works     = strings.Fields("制备工艺 疲劳试验 在线监测 故障诊断 性能评价 结构优化 成型技术 表面处理 质量检测 仿真分析 回收利用 控制方法 系统集成 中试放大 产业化 标准研究 寿命预测 节能改造 远程运维 数据采集")
	frames    = strings.Fields("本项目针对 企业现有 目前国内 希望解决 拟采用 通过 要求 达到 实现 的问题 已完成 样机 小批量 验证 具备 条件 合作方 提供 设备 和 团队")
	units     = strings.Fields("% mm MPa ℃ μm 寸 kW nm 吨 h")
	surnames  = []rune("沈东北新盛华瑞恒中科金辽大通海天宏远立信博创联宇")
	kinds     = strings.Fields("成果 需求 平台 专家 企业 仪器")
	districts = strings.Fields("浑南 和平 沈河 铁西 皇姑 大东 沈北 苏家屯 于洪 辽中 新民 法库 康平")
)

// common characters, from which the long tail of words is made.
var common = []rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严")

// Record number n.
func Record(n int) Made {
	r := rand.New(rand.NewPCG(uint64(n), 77))
	m := Made{ID: fmt.Sprintf("r%07d", n), Kind: pick(r, kinds), District: pick(r, districts)}
	m.Title = "面向" + pick(r, fields) + "的" + pick(r, qualities) + tail(r) + pick(r, things) + pick(r, works)
	var b strings.Builder
	for range 3 + r.IntN(4) {
		b.WriteString(pick(r, frames) + pick(r, fields) + tail(r) + pick(r, things) + pick(r, frames) + tail(r) + pick(r, works))
		if r.IntN(2) == 0 {
			fmt.Fprintf(&b, "，%s≥%d%s", tail(r), 1+r.IntN(500), pick(r, units))
		}
		b.WriteString("。")
	}
	m.Text = company(r) + b.String()
	return m
}

// Query that somebody might ask: of one, two or three words.
func Query(n int) []string {
	r := rand.New(rand.NewPCG(uint64(n), 99))
	words := []string{pick(r, things)}
	if r.IntN(3) > 0 {
		words = append(words, pick(r, works)[:6])
	}
	if r.IntN(3) == 0 {
		words = append(words, tail(r))
	}
	return words
}

func pick(r *rand.Rand, list []string) string { return list[zipf(r, len(list))] }

// zipf prefers the first ones, as language does.
func zipf(r *rand.Rand, n int) int {
	return min(int(math.Exp(r.Float64()*math.Log(float64(n)+1)))-1, n-1)
}

// tail is one of 60 000 rarer words, of two or three characters.
func tail(r *rand.Rand) string {
	word := rand.New(rand.NewPCG(uint64(zipf(r, 60_000)), 5))
	out := []rune{common[word.IntN(len(common))], common[word.IntN(len(common))]}
	if word.IntN(3) == 0 {
		out = append(out, common[word.IntN(len(common))])
	}
	return string(out)
}

func company(r *rand.Rand) string {
	s := []rune("沈阳")
	for range 2 + r.IntN(2) {
		s = append(s, surnames[r.IntN(len(surnames))])
	}
	return string(s) + "科技有限公司"
}
