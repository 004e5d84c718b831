package demo

import (
	"kechuang/internal/chain"
	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// The demo's map of the robot chain. That these things go into one another is common knowledge; every share is made up, and says so.
var robotNodes = []struct {
	id, zh, en string
	kind       chain.Kind
	class      string
	stage      string
	trl, goal  int
}{
	{"robot", "工业机器人整机", "Industrial robots", chain.Product, "whole", "下游", 9, 9},
	{"cobot", "协作机器人", "Collaborative robots", chain.Product, "whole", "下游", 8, 9},
	{"line", "机器人系统集成", "Robot systems integration", chain.Segment, "", "下游", 0, 0},
	{"body", "机器人本体", "Robot bodies", chain.Product, "part", "中游", 9, 9},
	{"rv", "RV 减速器", "RV reducers", chain.Product, "part", "中游", 7, 9},
	{"harmonic", "谐波减速器", "Harmonic reducers", chain.Product, "part", "中游", 8, 9},
	{"servo", "伺服电机", "Servo motors", chain.Product, "part", "中游", 8, 9},
	{"drive", "伺服驱动器", "Servo drives", chain.Product, "part", "中游", 7, 9},
	{"control", "运动控制器", "Motion controllers", chain.Product, "part", "中游", 7, 9},
	{"torque", "六维力传感器", "Six-axis force sensors", chain.Product, "part", "中游", 5, 8},
	{"vision", "三维视觉传感器", "3D vision sensors", chain.Product, "part", "中游", 7, 9},
	{"encoder", "高精度编码器", "High-precision encoders", chain.Product, "accessory", "上游", 5, 8},
	{"bearing", "薄壁交叉滚子轴承", "Thin crossed-roller bearings", chain.Product, "accessory", "上游", 6, 9},
	{"flex", "柔轮", "Flexsplines", chain.Product, "accessory", "上游", 7, 9},
	{"steel", "轴承钢与柔轮用特种钢", "Bearing and flexspline steel", chain.Product, "accessory", "上游", 7, 9},
	{"magnet", "钕铁硼永磁体", "NdFeB magnets", chain.Product, "accessory", "上游", 9, 9},
	{"igbt", "功率半导体模块", "Power semiconductor modules", chain.Product, "accessory", "上游", 6, 9},
	{"mcu", "工业级主控芯片", "Industrial controller chips", chain.Product, "accessory", "上游", 5, 8},
	{"rtos", "实时操作系统", "Real-time operating systems", chain.Technology, "", "上游", 6, 8},
	{"grind", "高精度磨齿机", "Precision gear grinders", chain.Product, "whole", "上游", 5, 8},
	{"software", "离线编程与仿真软件", "Offline programming and simulation", chain.Technology, "", "中游", 6, 8},
}

var robotEdges = [][2]string{
	{"body", "robot"}, {"control", "robot"}, {"drive", "robot"}, {"software", "line"}, {"robot", "line"}, {"cobot", "line"}, {"body", "cobot"},
	{"torque", "cobot"}, {"vision", "line"}, {"rv", "body"}, {"harmonic", "body"}, {"servo", "body"}, {"encoder", "servo"}, {"magnet", "servo"},
	{"bearing", "rv"}, {"bearing", "harmonic"}, {"flex", "harmonic"}, {"steel", "bearing"}, {"steel", "flex"}, {"grind", "rv"}, {"igbt", "drive"},
	{"mcu", "control"}, {"mcu", "drive"}, {"rtos", "control"}, {"control", "grind"}, {"servo", "grind"}, {"encoder", "grind"}, {"bearing", "grind"},
}

var robotSupplies = []struct {
	node, country string
	percent       int64
}{
	{"rv", "JPN", 70}, {"rv", "CHN", 27}, {"harmonic", "JPN", 60}, {"harmonic", "CHN", 38}, {"servo", "JPN", 45}, {"servo", "CHN", 40}, {"servo", "DEU", 15},
	{"encoder", "JPN", 62}, {"encoder", "DEU", 33}, {"encoder", "CHN", 5}, {"bearing", "JPN", 66}, {"bearing", "CHN", 20}, {"bearing", "SWE", 14},
	{"grind", "DEU", 93}, {"grind", "CHE", 5}, {"grind", "CHN", 2}, {"mcu", "USA", 58}, {"mcu", "JPN", 30}, {"mcu", "CHN", 8}, {"igbt", "DEU", 40}, {"igbt", "JPN", 30}, {"igbt", "CHN", 25},
	{"magnet", "CHN", 92}, {"magnet", "JPN", 8}, {"torque", "USA", 91}, {"torque", "CHN", 9}, {"vision", "USA", 35}, {"vision", "CHN", 40}, {"rtos", "USA", 70}, {"rtos", "CHN", 20},
	{"control", "JPN", 40}, {"control", "CHN", 30}, {"control", "DEU", 30}, {"drive", "CHN", 45}, {"drive", "JPN", 35}, {"software", "DEU", 55}, {"software", "CHN", 25}, {"steel", "CHN", 55}, {"steel", "JPN", 40},
	{"body", "CHN", 50}, {"body", "JPN", 35}, {"robot", "CHN", 45}, {"robot", "JPN", 35}, {"cobot", "CHN", 60}, {"flex", "CHN", 60}, {"flex", "JPN", 40},
}

// chains enters the demo's map.
func (b *builder) chains() error {
	const source = "示例数据：上下游关系为常识，份额均为虚构"
	var list []chain.Statement
	for _, n := range robotNodes {
		node := &chain.Node{ID: n.id, Name: lang.T(n.zh, n.en), Kind: n.kind, Class: n.class, Stage: n.stage, TRL: n.trl, Target: n.goal, Final: n.id == "line", Public: true, Chains: []string{"C06"}}
		switch n.id { // some stand in a second chain too
		case "servo", "control", "encoder", "bearing", "grind":
			node.Chains = append(node.Chains, "C04")
		case "igbt", "mcu":
			node.Chains = append(node.Chains, "C15")
		}
		list = append(list, chain.Statement{Node: node, Source: source})
	}
	for _, e := range robotEdges {
		list = append(list, chain.Statement{Edge: &chain.Edge{From: e[0], To: e[1], Is: chain.GoesInto, Source: source, Public: true}, Source: source})
	}
	list = append(list, chain.Statement{Edge: &chain.Edge{From: "harmonic", To: "rv", Is: chain.Substitutes, Source: source}, Source: source})
	for _, s := range robotSupplies {
		ppm := s.percent * 10_000
		list = append(list, chain.Statement{Supply: &chain.Supply{Node: s.node, Country: s.country, PPM: &ppm, Source: source}, Source: source})
	}
	return b.DB.Write(b.ctx, func(tx *store.Tx) error {
		return chain.Say(tx, chain.Author{Account: keeper.Account, Name: keeper.Name}, list)
	})
}
