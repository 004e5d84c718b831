import { createRoot } from "react-dom/client";
import { Root } from "./app";
import { tokenSheet } from "./design/tokens";
import "./design/base.css";
import "./design/shell.css";
import "./design/table.css";
import "./design/form.css";
import "./design/case.css";
import "./design/reading.css";
import "./design/chart.css";

const sheet = document.createElement("style");
sheet.textContent = tokenSheet();
document.head.prepend(sheet);

const place = document.getElementById("root");
if (place) createRoot(place).render(<Root />);
