# %% [markdown] lang="en" id="opening" syllabus=["L5.3.1", "L5.3.2", "L4.4.4"]
# # The scenario lab
#
# A firm with 20,000 customers and prospects, three years, six levers. Move one and see what the next 36 months would bring, beside what today's policy brings.
#
# The customers of both futures are the same and meet the same luck. What differs is the work of your decision.
#
# Minutes: 5 to look around, 15 for the three tries below, 10 to find a policy of your own.

# %% [markdown] lang="zh" ack="d13633.fdf87c"
# # 情景实验室
#
# 一家企业，两万名客户与潜在客户，三年时间，六项政策。移动其中一项，看看今后 36 个月会怎样，并与维持现状相比较。
#
# 两种未来里的客户是同一批人，运气也相同。差别只来自你的决定。
#
# 用时：熟悉界面 5 分钟，完成下面三个尝试 15 分钟，自己寻找一套政策 10 分钟。

# %% tags=["setup"]
import crm_sim as crm
from crm_sim import text
from crm_sim.lab import scenario_lab
text.use(LANGUAGE);

# %% [markdown] lang="en" id="predict"
# ## Predict first
#
# Service quality shall rise from 0.72 to 0.80. Write down two guesses: does the profit of the three years rise or fall, and by how much does the number of active customers change? Then move the lever.

# %% [markdown] lang="zh" ack="b8190a.a0648d"
# ## 先预测
#
# 假设服务质量（service quality）由 0.72 提高到 0.80。先写下两个猜测：三年的利润是升还是降？活跃客户的人数会变化多少？然后再移动滑块。

# %% syllabus=["L5.3.1", "L5.3.2", "L4.4.4"]
lab = scenario_lab()
lab

# %% [markdown] lang="en" id="reading"
# ## How to read it
#
# - **Two lines a chart.** Today is solid, changed is dashed. The band is a confidence interval over five replications: the same scenario with other luck.
# - **The difference has an interval of its own**, in the sentences and the table. It is much narrower than the bands, because both futures share customers and luck. When it holds zero, the lab says that the difference may be luck.
# - **Every lever has a price.** The line below it says what it costs, or that it costs nothing. Some bills come later: watch who leaves.
# - **Keyboard.** Tab goes from box to slider; the arrow keys move a slider by one step, Page Up and Page Down by more. A box takes any value that the scenario allows.

# %% [markdown] lang="zh" ack="cdf7c7.5a55dc"
# ## 怎样读图
#
# - **每幅图两条线。**实线是现状，虚线是调整后。色带是五次重复运行（replication）所得的置信区间（confidence interval）：情景（scenario）相同，运气不同。
# - **差异另有自己的区间**，见文字说明和表格。它比色带窄得多，因为两种未来的客户和运气都相同。区间包含零时，实验室会提示这个差异可能只是运气。
# - **每项政策都有代价。**滑块下面写明它花多少钱，或者不花钱。有些账要晚些才付：注意谁离开了。
# - **键盘操作。**用 Tab 在数字框和滑块之间移动；方向键每次移动一格，Page Up 和 Page Down 移动得更多。数字框接受情景允许的任何取值。

# %% [markdown] lang="en" id="tries"
# ## Three things to try
#
# 1. **The mean or the swing?** Reset. Halve the swing of the service, note the cost of service and the number of lost customers. Reset, and raise service quality until service costs the same. Which money is better spent?
# 2. **Promise more.** Raise the promise level to 0.9. Who comes, who leaves, and what does the customer satisfaction score do? Now look for a promise that the service can keep.
# 3. **Ask them back.** Set the win-back window to 0 months, then to 24. Compare customers regained with the change in profit, in two presets.

# %% [markdown] lang="zh" ack="b8dafb.7fd399"
# ## 三个尝试
#
# 1. **提高均值还是减小波动？**先重置。把服务波动减半，记下服务成本和流失客户（lost customer）的人数。再重置，提高服务质量，直到服务成本与刚才相同。哪种花法更值？
# 2. **多作承诺。**把承诺水平提高到 0.9。谁来了，谁走了，客户满意度得分（customer satisfaction score，CSAT）怎样变化？再找一个服务能够兑现的承诺。
# 3. **请客户回来。**把挽回（win-back）期设为 0 个月，再设为 24 个月。在两个预设情景（preset）里，把挽回的客户数与利润的变化对照起来看。

# %% [markdown] lang="en" id="doubt"
# ## A doubt
#
# The lab answers for its model, not for your firm. Rivals do not react to your price here, and what service costs is an assumption. `crm.load("telecom").market` shows every number, and the source beside it says how sure we are. Before you believe a result, ask which of these numbers would have to be different for it to turn.

# %% [markdown] lang="zh" ack="7ae4df.70d1a5"
# ## 一点怀疑
#
# 实验室回答的是模型里的问题，而不是你的企业里的问题。在这里，竞争对手不会对你的价格作出反应，服务成本也只是假设。`crm.load("telecom").market` 列出全部数字，源代码里注明了每个数字有多可靠。相信一个结果之前，先问一问：哪个数字不同，结论就会反转？

# %% [markdown] lang="en" id="file"
# ## Keep what you found
#
# *Save* writes the changed scenario to a YAML file beside this notebook; *Load* brings it back, here or in code: `crm.load("mine.yml")`. A file with a slip in it is refused with the field, the value, what is allowed and what to do, and the lab stays as it was.
#
# The same comparison without widgets, with more replications, for a report:

# %% [markdown] lang="zh" ack="4e6e8c.8ced7a"
# ## 保存你的发现
#
# “保存”把调整后的情景写入本笔记本旁边的 YAML 文件；“载入”把它读回来，在代码中则写 `crm.load("mine.yml")`。文件里若有差错，会说明是哪个字段、什么取值、允许什么、怎样改正，而实验室保持原样。
#
# 不用控件，也可以作同样的比较，并增加重复运行的次数，供报告使用：

# %% syllabus=["L5.3.2"]
today = crm.load("telecom")
better = today.change({"policy.service.quality": 0.80})
comparison = crm.compare({text.say("lab.today"): today, text.say("lab.changed"): better}, replications=20)
comparison.plot()

# %%
comparison.table().loc[["profit", "active", "lost", "csat"]].round(1)

# %% [markdown] lang="en" audience="instructor" id="instructor"
# **For the instructor.** Minute 0: collect the guesses on profit by a show of hands before anyone moves a lever. Minute 5: one person moves, the others predict. What people get wrong: they read the bands of the charts as the uncertainty of the difference. Ask: would you compare two diets on different people? When late, leave out the third try. The question that splits the room: is a promise that costs nothing free?

# %% [markdown] lang="zh" ack="b6fcc7.8bb0df"
# **给教师。**第 0 分钟：在任何人移动滑块之前，举手收集对利润的猜测。第 5 分钟：一人操作，其他人预测。常见误解：把图中的色带当作差异的不确定程度。可以问：比较两种食谱，你会让不同的人来试吗？时间不够时，省去第三个尝试。能让课堂分成两派的问题：不花钱的承诺是白得的吗？
